"""What every sender of webhooks needs: the delivery, its signature, its names and answers."""

"""HTTP: who may call, problems as JSON, origins, the captcha."""

"""The kinds of signals that websites and tools send by themselves, by the names that Baton gives them."""

USUAL_KINDS = frozenset(
    {
        *("consultation_requested", "demo_requested", "meeting_booked", "meeting_canceled", "meeting_missed"),
        *("page_visited", "content_downloaded", "webinar_registered", "webinar_attended", "form_submitted"),
        *("email_sent", "email_delivered", "email_opened", "email_clicked", "email_replied", "email_forwarded"),
        *("email_bounced", "email_changed", "email_converted", "email_drafted", "email_failed", "email_dropped"),
        *("unsubscribed", "subscribed", "resubscribed", "subscription_confirmed", "preferences_changed"),
        *("contact_created", "contact_updated", "contact_deleted", "profile_updated", "identified", "imported"),
        *("trial_started", "trial_expired", "account_created", "signed_up", "list_joined", "list_left"),
        *("do_not_contact", "spam_reported", "email_marked_as_spam", "opted_out"),
    }
)

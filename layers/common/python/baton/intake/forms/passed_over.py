"""The fields that frameworks and page builders add to a form for themselves: buttons, tokens, captchas; and secrets."""

import re

_NAMES = frozenset(
    (
        *("submit", "submitted", "button", "utf8", "authenticity_token", "csrfmiddlewaretoken", "csrf_token"),
        *("csrftoken", "csrf", "_csrf", "_token", "xsrf_token", "_xsrf", "__requestverificationtoken"),
        *("requestverificationtoken", "form_key", "_method", "nonce", "max_file_size", "form_build_id", "form_token"),
        *(
            "bot-field",
            "_gotcha",
            "_honey",
            "_honeypot",
            "_next",
            "_captcha",
            "_template",
            "_autoresponse",
            "_charset_",
        ),
        *("_wp_http_referer", "hs_context", "altcha", "frc-captcha-solution", "frc-captcha-response"),
        *("mtcaptcha-verifiedtoken", "smart-token", "captcha_token", "recaptcha", "recaptcha_token"),
        *("recaptcha_response", "wpforms[submit]", "gform_ajax", "gform_field_values", "password", "passwd", "pwd"),
        *("password_confirmation", "confirm_password", "new_password", "current_password", "cvc", "cvv", "card_number"),
        *("cardnumber", "cc_number", "ccnumber"),
    )
)
"""Names in small letters. Passwords and numbers of cards are nothing that sales may see."""
_BEGINNINGS = (
    *("_wpcf7", "_wpnonce", "__viewstate", "__event", "gform_", "is_submit_", "et_pb_contactform_submit"),
    *("et_pb_contact_email_fields", "wpforms[token", "_fluentform_", "__fluent_form", "_ninja", "_nf_"),
    *("mauticform[return", "mauticform[messenger", "g-recaptcha-response", "apbct_", "ct_bot_detector"),
)
_PLACE_OF_CLICK = re.compile(r".+\.[xy]")
"""Where an image that sends the form was clicked: `send.x`."""
_TOKEN_OF_JOOMLA = re.compile(r"[0-9a-f]{32}")


def is_passed_over(name: str) -> bool:
    """Tells whether the field of this name says nothing of its sender: a button, a token, a captcha, a password."""
    small = name.strip().lower()
    return (
        small in _NAMES
        or small.startswith(_BEGINNINGS)
        or _PLACE_OF_CLICK.fullmatch(small) is not None
        or _TOKEN_OF_JOOMLA.fullmatch(small) is not None
    )

"""The form fields in which captcha providers send their token."""

TOKENS = ("cf-turnstile-response", "h-captcha-response")
CARRIED = (*TOKENS, "g-recaptcha-response")
"""The fields that Turnstile and hCaptcha add to a form; the last one for pages that were made for another."""

"""HTTP: callers, problems as JSON, CORS, the captcha."""

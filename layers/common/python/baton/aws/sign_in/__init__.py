"""How staff sign in to the console: the user pool, the session's cookies, and the calls of `console_session`."""

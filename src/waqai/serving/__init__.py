"""Serving: a record in the browser. The API, accounts and pages of `waqai serve`."""

"""E-mail, web and network addresses."""

"""Permissions of the app by name, one module per noun."""

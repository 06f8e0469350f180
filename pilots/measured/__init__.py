"""What this app can count, by noun; filled into portal.measures."""

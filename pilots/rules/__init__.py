"""Who may do what in pilots, by noun; asked by name everywhere."""

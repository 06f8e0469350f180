"""What waits for whom in which state, by noun; registered with the one mutator."""

"""States of what pairs run on, a module for each noun, with their transition tables."""

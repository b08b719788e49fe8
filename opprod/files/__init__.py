"""Files that people send: told apart by their content, and stored under names of our own."""

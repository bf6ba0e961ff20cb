"""What goes out to people: whom to ask, by which way, in which words, and when not."""

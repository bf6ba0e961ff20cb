"""Looking after the files of words: whether they are whole, where they come from, round trips."""

"""The nouns: one table a file. Sensitive columns are sealed (encrypted) from the first row on."""

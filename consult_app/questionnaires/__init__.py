"""What is asked: a folder of numbered questionnaires, and how they are read."""

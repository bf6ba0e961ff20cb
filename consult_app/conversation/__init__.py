"""The centre, standard library only: what is asked, what was said, what comes next.

It performs nothing: no database, no clock, no words, no channel. State goes in, state and
outcomes come out.
"""

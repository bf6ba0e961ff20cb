"""The staff's pages: who may enter, what they show, what they record."""

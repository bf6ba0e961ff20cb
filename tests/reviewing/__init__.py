"""The pure rules of reviewing."""

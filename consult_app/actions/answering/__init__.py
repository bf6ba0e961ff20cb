"""What respondents say, on every channel: `talk` hears it, all else serves it."""

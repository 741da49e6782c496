"""Two or three participants who support each other, once each of them agreed."""

"""What the scan and the feedback show side by side."""

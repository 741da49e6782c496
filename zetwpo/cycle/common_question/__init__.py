"""Questions together: brought in, laid side by side, put together, and the line they become."""

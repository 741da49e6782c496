"""What is somebody's own in a trajectory, put together; and what others opened to them."""

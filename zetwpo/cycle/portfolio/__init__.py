"""What somebody takes along from a trajectory: chosen by themselves, to print or to send."""

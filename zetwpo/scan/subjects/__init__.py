"""What a supervisor takes along from a result, as subjects of the learning question."""

"""What a supervisor wants to learn: drafted from the own result, and kept in all its versions."""

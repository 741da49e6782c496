"""Who "we" are: who answers for the data, who helps, and where to complain."""

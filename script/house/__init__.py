"""Private services of one checkout: started on demand, shared by whoever runs, stopped after the last."""

"""The facilitator's desk: what asks attention in all trajectories that somebody leads."""

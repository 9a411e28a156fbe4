"""Art. 1, 2, 4, 5.1, 9, 11: who is guided, for whom, by whom, and what was delivered about them."""

from clients.models.assignments import Assignment, Grant
from clients.models.deliveries import Delivery, StagedRow
from clients.models.notices import Notice
from clients.models.people import Client, Involvement, Registration, Trajectory, UsedReference
from clients.models.principals import DeliveryLayout, Principal, Service

__all__ = [
    "Assignment",
    "Client",
    "Delivery",
    "DeliveryLayout",
    "Grant",
    "Involvement",
    "Notice",
    "Principal",
    "Registration",
    "Service",
    "StagedRow",
    "Trajectory",
    "UsedReference",
]

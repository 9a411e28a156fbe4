"""Art. 1.d, 1.j, 7.2, 9: the people of the controller's organisation, their appointments, teams and declarations."""

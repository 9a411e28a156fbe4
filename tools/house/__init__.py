"""The supervisor behind `make run`: servers, web, worker and beat as its children, all up or all down."""

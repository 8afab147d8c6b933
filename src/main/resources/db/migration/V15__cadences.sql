-- A node draws ticket numbers fifty at a time: a ticket costs no exchange of its own for its number.
alter sequence ticket_numero increment by 50;
-- Notifications are claimed operator by operator: what waits for one that does not answer costs the others nothing.
create index notification_operateur on notification_a_emettre (operateur, prochaine, numero);

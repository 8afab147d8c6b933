-- The appointments that OCs have taken by the planning service: who, under which reservation its slot is held (a ticket's once
-- the ticket has quoted it), for which ticket, and what was said of it.
create table rendezvous_sav (
    reference      varchar(30)   not null primary key,
    operateur      varchar(4)    not null,
    reservation_id uuid          not null,
    ticket_id      uuid,
    champs         varchar(2000) not null
);
create index rendezvous_sav_operateur on rendezvous_sav (operateur);
create index rendezvous_sav_reservation on rendezvous_sav (reservation_id);

create sequence rendezvous_sav_numero;

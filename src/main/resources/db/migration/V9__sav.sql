-- The numbers of tickets; one that a refused creation has drawn is never given.
create sequence ticket_numero;

-- Whoever opens a ticket first holds the rows of its access and of the OC's reference, the lowest first.
create table ticket_verrou (
    numero integer not null primary key
);
insert into ticket_verrou (numero)
    select 32 * un.n + deux.n
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15),
                 (16), (17), (18), (19), (20), (21), (22), (23), (24), (25), (26), (27), (28), (29), (30), (31)) as un (n)
    cross join (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15),
                 (16), (17), (18), (19), (20), (21), (22), (23), (24), (25), (26), (27), (28), (29), (30), (31)) as deux (n);

-- What must be said to an OC's own service; the oldest of each ticket first.
create table notification_a_emettre (
    numero      bigint generated always as identity primary key,
    message_id  uuid                     not null,
    dossier_id  uuid                     not null,
    operateur   varchar(4)               not null,
    prochaine   timestamp with time zone not null,
    echecs      integer                  not null default 0,
    erreur      varchar(1000),
    pris_par    varchar(80),
    pris_jusqua timestamp with time zone
);
create index notification_dossier on notification_a_emettre (dossier_id, numero);

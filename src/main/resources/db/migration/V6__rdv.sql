-- The plan de charge of the OI: slots per zone, how many appointments each takes and has.
create table creneau (
    zone     varchar(10)              not null,
    debut    timestamp with time zone not null,
    fin      timestamp with time zone not null,
    capacite integer                  not null,
    reserves integer                  not null default 0,
    primary key (zone, debut)
);

-- Days on which a zone takes no appointment, whatever its slots say.
create table jour_ferme (
    zone varchar(10) not null,
    jour date        not null,
    primary key (zone, jour)
);

-- Which slot an appointment has, if the hub gave it one.
create table reservation (
    dossier_id uuid                     not null primary key,
    zone       varchar(10)              not null,
    debut      timestamp with time zone not null
);

-- When an appointment changes although nothing is said.
create table echeance (
    dossier_id uuid                     not null primary key,
    protocole  varchar(20)              not null,
    le         timestamp with time zone not null
);
create index echeance_le on echeance (protocole, le);

-- The IdRdv that the hub issues itself; the last day that the calendar has made slots for, counted from 1970.
insert into compteur (nom, valeur) values ('rdv', 0);
insert into compteur (nom, valeur) values ('rdv.calendrier', 0);

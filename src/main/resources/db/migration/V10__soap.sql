-- In which namespace each partner writes its SAV block, per version of the contract: it is answered in the same.
create table espace_sav (
    operateur varchar(4)   not null,
    version   varchar(10)  not null,
    espace    varchar(200) not null,
    primary key (operateur, version)
);

-- A notification leaves word for word as it left first: its envelope, once it has been written.
alter table notification_a_emettre add column journal_id uuid;

-- The mails that came, each once however often it was delivered; its raw bytes are in the journal under the same id.
create table courriel (
    journal_id uuid                     not null primary key,
    empreinte  varchar(64)              not null,
    message_id varchar(998),
    expediteur varchar(400)             not null,
    sujet      varchar(1000)            not null,
    boite      varchar(100)             not null,
    fois       integer                  not null default 1,
    vu_le      timestamp with time zone not null
);
create unique index courriel_empreinte on courriel (empreinte);

-- Which mail a file came in.
create table piece_jointe (
    journal_id  uuid not null primary key,
    courriel_id uuid not null
);

-- Which file that came in a line answers; then, which ones a file that leaves by mail does: its mail is a reply to theirs.
alter table ligne_a_emettre add column reponse_a uuid;
create table reponse (
    journal_id uuid not null,
    entrant    uuid not null,
    primary key (journal_id, entrant)
);

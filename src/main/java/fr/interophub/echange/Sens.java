package fr.interophub.echange;

/** Which way a message went, seen from the hub. */
public enum Sens {
    ENTRANT,
    SORTANT;

    /** As the REST interface and the store write it. */
    public String texte() {
        return name().toLowerCase();
    }
}

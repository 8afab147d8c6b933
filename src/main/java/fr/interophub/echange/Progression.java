package fr.interophub.echange;

/** How far a received file has got, noted in the transaction that makes its lines take effect. */
public interface Progression {

    void advance(LotDeLignes lot);
}

package fr.interophub.parc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("Le parc en mémoire tient les mêmes promesses")
class MemoireParcTest implements ParcContract {

    private final Parc parc = new MemoireParc();

    @Override
    public Parc parc() {
        return parc;
    }
}

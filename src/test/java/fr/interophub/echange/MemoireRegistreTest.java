package fr.interophub.echange;

import org.junit.jupiter.api.DisplayName;

@DisplayName("Le registre des essais tient les promesses du vrai")
class MemoireRegistreTest implements RegistreContract {

    private final MemoireRegistre registre = new MemoireRegistre();

    @Override
    public Registre registre() {
        return registre;
    }
}

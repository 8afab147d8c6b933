package fr.interophub.echange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Les identifiants se trient dans l'ordre où on les tire")
class IdsTest {

    /** A lot reads its demandes between its first and its last identifier: one out of order would be lost to the SI. */
    @Test
    void evenWhenManyThreadsDraw() throws InterruptedException {
        List<UUID[]> drawn = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            UUID[] mine = new UUID[50_000];
            drawn.add(mine);
            threads.add(new Thread(() -> {
                for (int n = 0; n < mine.length; n++) {
                    mine[n] = Ids.next();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        Set<UUID> all = new HashSet<>();
        int outOfOrder = 0;
        for (UUID[] mine : drawn) {
            for (int n = 0; n < mine.length; n++) {
                all.add(mine[n]);
                outOfOrder += n > 0 && mine[n].toString().compareTo(mine[n - 1].toString()) <= 0 ? 1 : 0;
            }
        }
        assertThat(outOfOrder)
                .as("identifiers smaller than the one drawn before")
                .isZero();
        assertThat(all).hasSize(8 * 50_000);
    }
}

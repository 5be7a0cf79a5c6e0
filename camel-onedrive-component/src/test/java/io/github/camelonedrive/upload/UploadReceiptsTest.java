package io.github.camelonedrive.upload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** One source may go to several places; all records of that go together, when the source is put away. */
class UploadReceiptsTest {

    private final UploadReceipts receipts = new UploadReceipts();
    private final List<String> settled = new ArrayList<>();

    @Test
    void eachIsSettledOnceAndNoneBefore() throws IOException {
        receipts.add(() -> settled.add("one"));
        receipts.add(() -> settled.add("two"));
        assertThat(settled).isEmpty();

        receipts.settle();
        receipts.settle();

        assertThat(settled).containsExactly("one", "two");
    }

    @Test
    void oneThatComesLateIsSettledAtOnce() throws IOException {
        receipts.settle();

        receipts.add(() -> settled.add("late"));

        assertThat(settled).containsExactly("late");
    }

    @Test
    void oneThatFailsKeepsNoOtherBackAndCanBeTriedAgain() throws IOException {
        AtomicBoolean full = new AtomicBoolean(true);
        receipts.add(() -> {
            if (full.get()) {
                throw new IOException("disk full");
            }
            settled.add("one");
        });
        receipts.add(() -> settled.add("two"));

        assertThatIOException().isThrownBy(receipts::settle).withMessage("disk full");
        assertThat(settled).containsExactly("two");
        full.set(false);
        receipts.settle();

        assertThat(settled).containsExactly("two", "one");
    }
}

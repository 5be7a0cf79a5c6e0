package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Where the newest line of each key begins: an open-addressing hash table of one {@code long} a key. A slot holds 16 bits
 * of the key's hash and the line's position; 12 more bits of the hash choose one of many small tables, so that growing one
 * needs little memory. Whether a slot with the same bits is of the same key is decided by the line itself, which is read.
 */
final class LineIndex {

    /** The largest position that a slot can hold. */
    static final long LAST_POSITION = (1L << 48) - 2;

    private static final int TABLE_BITS = 12;
    private static final int TAG_BITS = 16;
    private static final int POSITION_BITS = 48;
    private static final int FIRST_CAPACITY = 4;
    private static final int SAMPLING = 16;

    /** Whether the line at a position is about the key in question. */
    interface KeyCheck {

        boolean isAt(long position) throws IOException;
    }

    private final int mostKeys;
    private final long[][] tables = new long[1 << TABLE_BITS][];
    private final int[] used = new int[1 << TABLE_BITS];
    private int keys;

    /** @param mostKeys when there are more, those with the smallest positions are dropped */
    LineIndex(int mostKeys) {
        this.mostKeys = mostKeys;
    }

    /** Returns the position of the key's newest line. */
    OptionalLong find(long hash, KeyCheck key) throws IOException {
        int slot = slot(hash, key);
        return slot < 0 ? OptionalLong.empty() : OptionalLong.of(position(tables[table(hash)][slot]));
    }

    /** Sets the position of the key's newest line. Returns whether old keys had to be dropped. */
    boolean put(long hash, long position, KeyCheck key) throws IOException {
        if (position < 0 || position > LAST_POSITION) {
            throw new IOException("The catalogue's file is too large to be indexed");
        }
        int slot = slot(hash, key);
        int table = table(hash);
        if (slot >= 0) {
            tables[table][slot] = entry(tag(hash), position);
            return false;
        }
        if (tables[table] == null || (used[table] + 1) * 5 > tables[table].length * 4) {
            grow(table);
        }
        insert(tables[table], entry(tag(hash), position));
        used[table]++;
        keys++;
        if (keys > mostKeys) {
            dropOldest();
            return true;
        }
        return false;
    }

    /** Forgets the key. */
    void remove(long hash, KeyCheck key) throws IOException {
        int slot = slot(hash, key);
        if (slot >= 0) {
            int table = table(hash);
            long[] before = tables[table];
            before[slot] = 0;
            rebuild(table, before, before.length, 0);
        }
    }

    /** How many keys are known. */
    int keys() {
        return keys;
    }

    /** The heap that the tables use. */
    long bytes() {
        return Arrays.stream(tables).mapToLong(table -> table == null ? 0 : 16 + 8L * table.length).sum() + 16L * tables.length;
    }

    private int slot(long hash, KeyCheck key) throws IOException {
        long[] slots = tables[table(hash)];
        if (slots == null) {
            return -1;
        }
        long tag = tag(hash);
        for (int slot = home(tag, slots.length); slots[slot] != 0; slot = next(slot, slots.length)) {
            if (slots[slot] >>> POSITION_BITS == tag && key.isAt(position(slots[slot]))) {
                return slot;
            }
        }
        return -1;
    }

    private void grow(int table) {
        long[] before = tables[table] == null ? new long[0] : tables[table];
        rebuild(table, before, before.length + Math.max(FIRST_CAPACITY, before.length / 4), 0);
    }

    // What lies before the first position is dropped.
    private void rebuild(int table, long[] before, int capacity, long firstPosition) {
        long[] slots = new long[capacity];
        int kept = 0;
        for (long entry : before) {
            if (entry != 0 && position(entry) >= firstPosition) {
                insert(slots, entry);
                kept++;
            }
        }
        keys += kept - used[table];
        used[table] = kept;
        tables[table] = slots;
    }

    // An eighth of them, so that it is not done for each key anew.
    private void dropOldest() {
        long[] sample = new long[keys / SAMPLING + 1];
        int seen = 0;
        int taken = 0;
        for (long[] slots : tables) {
            for (int i = 0; slots != null && i < slots.length; i++) {
                if (slots[i] != 0 && seen++ % SAMPLING == 0 && taken < sample.length) {
                    sample[taken++] = position(slots[i]);
                }
            }
        }
        Arrays.sort(sample, 0, taken);
        long first = sample[Math.min(taken - 1, taken / 8 + 1)];
        for (int table = 0; table < tables.length; table++) {
            if (tables[table] != null) {
                rebuild(table, tables[table], tables[table].length, first);
            }
        }
    }

    private static void insert(long[] slots, long entry) {
        int slot = home(entry >>> POSITION_BITS, slots.length);
        while (slots[slot] != 0) {
            slot = next(slot, slots.length);
        }
        slots[slot] = entry;
    }

    private static int home(long tag, int capacity) {
        return (int) (tag * capacity >>> TAG_BITS);
    }

    private static int next(int slot, int capacity) {
        return slot + 1 == capacity ? 0 : slot + 1;
    }

    private static int table(long hash) {
        return (int) (hash >>> Long.SIZE - TABLE_BITS);
    }

    private static long tag(long hash) {
        return hash >>> Long.SIZE - TABLE_BITS - TAG_BITS & (1 << TAG_BITS) - 1;
    }

    // Zero is the empty slot.
    private static long entry(long tag, long position) {
        return tag << POSITION_BITS | position + 1;
    }

    private static long position(long entry) {
        return (entry & (1L << POSITION_BITS) - 1) - 1;
    }
}

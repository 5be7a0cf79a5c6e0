package io.github.camelonedrive.backup.catalogue;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Where the newest line of each key begins: an open-addressing hash table of twelve bytes a key. Of a key's hash 60 bits count:
 * twelve choose one of many small tables, so that growing one needs little memory; the others are in the slot, beside the
 * line's position. The hash must be a good one: keys that agree in these bits are one key here.
 */
final class LineIndex {

    /** The largest position that a slot can hold. */
    static final long LAST_POSITION = (1L << 48) - 2;

    private static final int TABLE_BITS = 12;
    private static final int TAG_BITS = 16;
    private static final int POSITION_BITS = 48;
    private static final int FIRST_CAPACITY = 4;
    private static final int SAMPLING = 16;

    private final int mostKeys;
    private final Table[] tables = new Table[1 << TABLE_BITS];
    private int keys;

    /** @param mostKeys when there are more, those with the smallest positions are dropped */
    LineIndex(int mostKeys) {
        this.mostKeys = mostKeys;
    }

    /** Returns the position of the key's newest line. */
    OptionalLong find(long hash) {
        Table table = tables[table(hash)];
        int slot = table == null ? -1 : table.slot(tag(hash), rest(hash));
        return slot < 0 ? OptionalLong.empty() : OptionalLong.of(position(table.entries[slot]));
    }

    /** Sets the position of the key's newest line. Returns whether old keys had to be dropped. */
    boolean put(long hash, long position) {
        if (position < 0 || position > LAST_POSITION) {
            throw new IllegalArgumentException("position " + position);
        }
        int number = table(hash);
        Table table = tables[number];
        long entry = tag(hash) << POSITION_BITS | position + 1;
        int slot = table == null ? -1 : table.slot(tag(hash), rest(hash));
        if (slot >= 0) {
            table.entries[slot] = entry;
            return false;
        }
        if (table == null || (table.used + 1) * 8 > table.entries.length * 7) {
            table = table == null ? new Table(FIRST_CAPACITY)
                    : table.copy(table.entries.length + Math.max(FIRST_CAPACITY, table.entries.length / 4), 0);
            tables[number] = table;
        }
        table.insert(entry, rest(hash));
        keys++;
        if (keys > mostKeys) {
            dropOldest();
            return true;
        }
        return false;
    }

    /** Forgets the key. */
    void remove(long hash) {
        Table table = tables[table(hash)];
        int slot = table == null ? -1 : table.slot(tag(hash), rest(hash));
        if (slot >= 0) {
            table.entries[slot] = 0;
            tables[table(hash)] = table.copy(table.entries.length, 0);
            keys--;
        }
    }

    /** How many keys are known. */
    int keys() {
        return keys;
    }

    /** The heap that the tables use. */
    long bytes() {
        return Arrays.stream(tables).mapToLong(table -> table == null ? 8 : 64 + 12L * table.entries.length).sum();
    }

    // An eighth of them, so that it is not done for each key anew.
    private void dropOldest() {
        long[] sample = new long[keys / SAMPLING + 1];
        int seen = 0;
        int taken = 0;
        for (Table table : tables) {
            for (int i = 0; table != null && i < table.entries.length; i++) {
                if (table.entries[i] != 0 && seen++ % SAMPLING == 0) {
                    sample[taken++] = position(table.entries[i]);
                }
            }
        }
        Arrays.sort(sample, 0, taken);
        long first = sample[Math.min(taken - 1, taken / 8 + 1)];
        keys = 0;
        for (int i = 0; i < tables.length; i++) {
            if (tables[i] != null) {
                tables[i] = tables[i].copy(tables[i].entries.length, first);
                keys += tables[i].used;
            }
        }
    }

    private static int table(long hash) {
        return (int) (hash >>> Long.SIZE - TABLE_BITS);
    }

    private static long tag(long hash) {
        return hash >>> Long.SIZE - TABLE_BITS - TAG_BITS & (1 << TAG_BITS) - 1;
    }

    private static int rest(long hash) {
        return (int) (hash >>> Long.SIZE - TABLE_BITS - TAG_BITS - Integer.SIZE);
    }

    private static long position(long entry) {
        return (entry & (1L << POSITION_BITS) - 1) - 1;
    }

    /** One of the small tables. An entry is the tag and the position; zero is a free slot, of which there is always one. */
    private static final class Table {

        private final long[] entries;
        private final int[] rests;
        private int used;

        Table(int capacity) {
            entries = new long[capacity];
            rests = new int[capacity];
        }

        int slot(long tag, int rest) {
            for (int slot = home(tag); entries[slot] != 0; slot = next(slot)) {
                if (rests[slot] == rest && entries[slot] >>> POSITION_BITS == tag) {
                    return slot;
                }
            }
            return -1;
        }

        void insert(long entry, int rest) {
            int slot = home(entry >>> POSITION_BITS);
            while (entries[slot] != 0) {
                slot = next(slot);
            }
            entries[slot] = entry;
            rests[slot] = rest;
            used++;
        }

        /** Without what lies before a position. */
        Table copy(int capacity, long firstPosition) {
            Table copy = new Table(capacity);
            for (int slot = 0; slot < entries.length; slot++) {
                if (entries[slot] != 0 && position(entries[slot]) >= firstPosition) {
                    copy.insert(entries[slot], rests[slot]);
                }
            }
            return copy;
        }

        private int home(long tag) {
            return (int) (tag * entries.length >>> TAG_BITS);
        }

        private int next(int slot) {
            return slot + 1 == entries.length ? 0 : slot + 1;
        }
    }
}

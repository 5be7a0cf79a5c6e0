package io.github.camelonedrive.graph;

import io.github.camelonedrive.credentials.DriveSelector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DriveAddressTest {

    private final DriveAddress me = DriveAddress.of(DriveSelector.ME);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ME    |                                  | /me/drive",
        "DRIVE | b!Fake-Drive_0001                | /drives/b!Fake-Drive_0001",
        "USER  | ada@fabrikam.example             | /users/ada@fabrikam.example/drive",
        "USER  | a#ext#@fabrikam.example          | /users/a%23ext%23@fabrikam.example/drive",
        "SITE  | fabrikam.example,1111-2,3333-4   | /sites/fabrikam.example,1111-2,3333-4/drive",
        "GROUP | 11111111-2222-4333-8444-55555555 | /groups/11111111-2222-4333-8444-55555555/drive"})
    @Tag("C7")
    void everyWayToNameADrive(DriveSelector.Kind kind, String id, String address) {
        assertThat(DriveAddress.of(new DriveSelector(kind, id == null ? "" : id)).drive()).isEqualTo(address);
    }

    @Test
    @Tag("C6")
    void theRootHasAFormOfItsOwn() {
        assertThat(me.item(ItemPath.ROOT)).isEqualTo("/me/drive/root");
        assertThat(me.item(ItemPath.ROOT, "children")).isEqualTo("/me/drive/root/children");
    }

    @Test
    void aPathStandsBetweenColonsWhenSomethingFollows() {
        ItemPath path = ItemPath.parse("/my files/100% #1.sql");
        assertThat(me.item(path)).isEqualTo("/me/drive/root:/my%20files/100%25%20%231.sql");
        assertThat(me.item(path, "content")).isEqualTo("/me/drive/root:/my%20files/100%25%20%231.sql:/content");
    }

    @Test
    void anItemById() {
        assertThat(me.item("A1B2!1234")).isEqualTo("/me/drive/items/A1B2!1234");
        assertThat(me.item("A1B2!1234", "content")).isEqualTo("/me/drive/items/A1B2!1234/content");
    }

    @Test
    @Tag("C25")
    void aChildByName() {
        assertThat(me.child("01ABC", "a b.txt", "createUploadSession"))
                .isEqualTo("/me/drive/items/01ABC:/a%20b.txt:/createUploadSession");
        assertThat(me.child("01ABC", "a b.txt", "")).isEqualTo("/me/drive/items/01ABC:/a%20b.txt");
    }
}

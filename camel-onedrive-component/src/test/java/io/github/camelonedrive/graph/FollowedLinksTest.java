package io.github.camelonedrive.graph;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.FollowedLinks.EndlessListingException;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("C110")
class FollowedLinksTest {

    private static final String START = "/me/drive/items/a'b%2Bc!1/children?$top=2&$skiptoken=X%2Bz'1";

    private final FollowedLinks links = new FollowedLinks("Listing '/in' in 'offsite'");

    private void refused(String link, int entries) {
        assertThatExceptionOfType(EndlessListingException.class).isThrownBy(() -> links.next(link, entries))
                .withMessageContaining("Listing '/in' in 'offsite' failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {START, START + "&", START + "#top", START + "&$top=2",
        "/me/drive/items/a%27b%2bc!1/children/?%24skiptoken=X%2bz%271&$top=2",
        "/me/drive/items/a'b%2Bc%211/children?&&$top=2&$skiptoken=X+z'1"})
    void next_sameLinkHoweverSpelled_isRefused(String link) {
        links.start(START);
        refused(link, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/me/drive/items/a'b%2Bc!1/children?$top=2&$skiptoken=x%2Bz'1",
        "/me/drive/items/a'b%2Bc!1/children?$top=2",
        "/me/drive/items/a'b%2Bc!2/children?$top=2&$skiptoken=X%2Bz'1"})
    void next_anotherLink_isFollowed(String link) {
        links.start(START);
        assertThatCode(() -> links.next(link, 1)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/children", "/a/children?", "/a/children/", "/a/children?&", "/a/children#x"})
    void next_sameLinkWithoutParameters_isRefused(String link) {
        links.start("/a/children");
        refused(link, 1);
    }

    @Test
    void next_circle_isRefusedAtItsFirstRepetition() throws Exception {
        links.start("/a");
        links.next("/b", 1);
        links.next("/c", 1);
        refused("/b", 1);
    }

    @Test
    void end_whatTheListingStartedWith_isFineWhenNothingHasChanged() throws Exception {
        links.start("/delta?token=1");
        links.end("/delta?token=1");
    }

    @Test
    void end_intoTheListing_isRefused() throws Exception {
        links.start("/delta?token=1");
        links.next("/delta?token=2", 1);
        assertThatExceptionOfType(EndlessListingException.class).isThrownBy(() -> links.end("/delta?token=2"));
        assertThatExceptionOfType(EndlessListingException.class).isThrownBy(() -> links.end("/delta?token=1"));
        links.end("/delta?token=3");
    }

    @Test
    void next_manyEmptyPagesInARow_areRefused() throws Exception {
        for (int i = 0; i < FollowedLinks.MOST_EMPTY; i++) {
            links.next("/" + i, 0);
        }
        refused("/one more", 0);
    }

    @Test
    void next_emptyPagesWithOthersBetween_areFollowed() throws Exception {
        for (int i = 0; i < 3 * FollowedLinks.MOST_EMPTY; i++) {
            links.next("/" + i, i % FollowedLinks.MOST_EMPTY == 0 ? 1 : 0);
        }
    }

    @Test
    void next_morePagesThanAnyDriveHas_isRefused() throws Exception {
        for (int i = 0; i < FollowedLinks.MOST_PAGES; i++) {
            links.next("/" + i, 1);
        }
        refused("/one more", 1);
    }
}

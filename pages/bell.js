/* The bell in the header: the way to the news, and how many nobody has read. */
export default {
  props: { unread: Number },
  template: `
    <nicegui-link class="nicegui-link bell" href="/notifications" :data-unread="now" :aria-label="'Notifications, ' + now + ' unread'">
      <q-icon name="notifications" aria-hidden="true" />
      <div v-if="now" class="count">{{ now < 100 ? now : "99+" }}</div>
    </nicegui-link>`,
  data() { return { now: this.unread } },
  methods: {
    show(unread) { this.now = unread },
  },
}

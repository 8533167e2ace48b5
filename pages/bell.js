/* The bell in the header: the way to the news, and how many nobody has read; title and icon of the tab say it, too. */
const OWN_TITLE = document.title
const ICON = document.querySelector("link[rel~=icon]")
const PLAIN = ICON.href
const DOT = `<circle cx="46" cy="18" r="16" fill="#c2410c" stroke="#fff" stroke-width="4"/></svg>`
const marked = () => fetch(PLAIN).then((answer) => answer.text())
  .then((svg) => `data:image/svg+xml,${encodeURIComponent(svg.replace("</svg>", DOT))}`)

export default {
  props: { unread: Number },
  template: `
    <nicegui-link class="nicegui-link bell" href="/notifications" :data-unread="now" :aria-label="'Notifications, ' + now + ' unread'">
      <q-icon name="notifications" aria-hidden="true" />
      <div v-if="now" class="count">{{ shown }}</div>
    </nicegui-link>`,
  data() { return { now: this.unread } },
  computed: {
    shown() { return this.now < 100 ? this.now : "99+" },
  },
  watch: {
    now: { immediate: true, async handler() {
      document.title = this.now ? `(${this.shown}) ${OWN_TITLE}` : OWN_TITLE
      this.marked ??= this.now ? await marked() : undefined
      ICON.href = this.now ? this.marked : PLAIN
    } },
  },
  methods: {
    show(unread) { this.now = unread },
  },
}

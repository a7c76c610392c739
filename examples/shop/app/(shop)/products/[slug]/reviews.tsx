import { review } from '@/lib/actions'
import { listReviews } from '@/lib/reviews'

export async function Reviews({ slug }: { readonly slug: string }) {
  const reviews = await listReviews(slug)
  return (
    <section className="reviews" aria-labelledby="reviews">
      <h2 id="reviews">What people say</h2>
      <ul data-testid="reviews">
        {reviews.length === 0 && <li className="quiet">Nobody yet.</li>}
        {reviews.map(({ name, text }, at) => (
          <li key={reviews.length - at}>
            <strong>{name}</strong> {text}
          </li>
        ))}
      </ul>
      <form action={review} data-testid="review-form" className="form">
        <input type="hidden" name="slug" value={slug} />
        <label>
          Your name <input name="name" autoComplete="off" maxLength={40} />
        </label>
        <label>
          Your words <input name="text" required maxLength={240} autoComplete="off" />
        </label>
        <button type="submit">Send</button>
      </form>
    </section>
  )
}

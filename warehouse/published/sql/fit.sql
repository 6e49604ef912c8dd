with

fits as (

    select * from mart.fit_latest where brief_id = $brief_id

),

tiers as (

    select
        fits.creator_id,
        string_agg(distinct tier.tier, '+' order by tier.tier) as tier
    from fits
    inner join mart.tier_latest as tier
        on fits.creator_id = tier.creator_id
        and list_contains(string_split(fits.platforms, '+'), tier.platform)
    group by fits.creator_id

),

trends as (

    select
        fits.creator_id,
        string_agg(distinct trend."class", '+' order by trend."class") as trend
    from fits
    inner join mart.engagement_trend_latest as trend
        on fits.creator_id = trend.creator_id
        and list_contains(string_split(fits.platforms, '+'), trend.platform)
    where trend.measure = 'engagement_rate' and trend.window_days = 90 and trend.n_points > 0
    group by fits.creator_id

),

names as (

    select
        creator_id,
        min(display_name) as display_name
    from core.account
    group by creator_id

),

ranked as (

    select
        fits.rank,
        fits.creator_id as creator,
        names.display_name as name,
        fits.platforms,
        tiers.tier,
        trends.trend,
        fits.score,
        fits.coverage,
        fits.target_share,
        fits.targeted_reach_people,
        fits.reason,
    from fits
    left join names using (creator_id)
    left join tiers using (creator_id)
    left join trends using (creator_id)
    where $with_unranked or fits.rank is not null
    order by fits.rank nulls last, fits.score desc nulls last, fits.creator_id
    limit $limit

)

select * from ranked
